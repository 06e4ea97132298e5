"""Every platform has one color: of its vendor's hue, told apart from others, whether or not its row states one."""

from colorsys import rgb_to_hls
from dataclasses import replace
from itertools import combinations

import pytest

from analysis.exhibits.palette import color
from analysis.library.sources import Platform, load

PLATFORMS = load().platforms
NEW = Platform("vr400", "VR400 NVL144", "NVIDIA", "Feynman", "NVL144 rack", 144)


def hue(platform: Platform) -> float:
    """In degrees."""
    code = color(platform)
    red, green, blue = (int(code[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return 360 * rgb_to_hls(red, green, blue)[0]


def test_one_hue_stands_for_a_vendor() -> None:
    for first, second in combinations(PLATFORMS.values(), 2):
        assert (abs(hue(first) - hue(second)) < 20) == (first.vendor == second.vendor)


def test_no_two_platforms_share_a_color() -> None:
    assert len({color(platform) for platform in PLATFORMS.values()}) == len(PLATFORMS)


@pytest.mark.parametrize("vendor", ["NVIDIA", "AMD"])
def test_a_platform_without_a_stated_color_has_the_hue_of_its_vendor(vendor: str) -> None:
    shown = replace(NEW, vendor=vendor)
    assert all(abs(hue(shown) - hue(other)) < 20 for other in PLATFORMS.values() if other.vendor == vendor)
    assert color(shown) not in {color(other) for other in PLATFORMS.values()}
    assert (
        color(shown) != color(replace(shown, key="vr300")) != color(replace(shown, key="vr300", generation="Later"))
    )


@pytest.mark.parametrize("vendor", ["Google", "Huawei", "Intel", "AWS", "Cerebras"])
def test_a_vendor_that_nobody_named_has_a_hue_of_its_own(vendor: str) -> None:
    others = [platform for platform in PLATFORMS.values() if platform.vendor != vendor]
    assert all(abs(hue(replace(NEW, vendor=vendor)) - hue(other)) > 20 for other in others)


def test_a_color_once_stated_is_the_color() -> None:
    assert color(replace(NEW, color="#123456")) == "#123456"
