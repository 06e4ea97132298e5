"""What throughput a platform reaches at a wanted interactivity: from measured rows to curve and operating point."""

from analysis.frontier.platform import (
    ANY,
    Allowed,
    PlatformCurve,
    measured_operating_point,
    platform_curve,
    throughput_curve,
)

__all__ = ["ANY", "Allowed", "PlatformCurve", "measured_operating_point", "platform_curve", "throughput_curve"]
