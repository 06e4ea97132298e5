"""Where tasks are done and files lie, without a cluster: threads, addresses, and packages that are not there."""

from types import SimpleNamespace

import pytest

from analysis.errors import InputError
from analysis.machinery.sweep import cluster
from analysis.machinery.sweep.places import Failure, RemoteFolder, put_remote
from tests.machinery.sweep.test_sweep import FAILING, Here, Sweep, read_grid, sweep


class Client:
    """A cluster of some threads, as far as a sweep talks to it."""

    def __init__(self, *asked, **options):
        self.asked, self.options, self.executors = asked, options, []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def nthreads(self):
        return {"one": 2, "two": 3}

    def get_executor(self, **options):
        self.executors.append(options)
        return Client("executor")


@pytest.fixture
def made(monkeypatch):
    """What was asked of Dask, by what it was asked of."""
    made = {}

    def maker(kind):
        def make(*asked, **options):
            made[kind] = Client(*asked, **options)
            return made[kind]

        return make

    distributed = SimpleNamespace(Client=maker("client"), LocalCluster=maker("cluster"))
    wanted = {("distributed", "--dask"): distributed, ("cryptography", "--dask local:N"): None}
    monkeypatch.setattr(cluster, "optional", lambda module, wanted_by: wanted[module, wanted_by])
    return made


def test_threads_are_given_twice_as_many_tasks_as_they_are():
    with cluster.threads(3) as (executor, ahead):
        assert ahead == 6
        assert executor.submit(len, "four").result() == 4


def test_a_running_cluster_is_asked_with_some_tasks_ahead_of_its_threads(made):
    with cluster.connected("tcp://10.0.0.1:8786") as (executor, ahead):
        assert (executor.asked, ahead) == (("executor",), 20)
    assert (made["client"].asked, made["client"].options) == (("tcp://10.0.0.1:8786",), {"timeout": 30})
    assert made["client"].executors == [{"pure": False, "retries": 2}]
    assert "cluster" not in made


def test_a_cluster_without_a_thread_is_given_tasks_that_wait_for_one(made, monkeypatch):
    monkeypatch.setattr(Client, "nthreads", lambda self: {})
    with cluster.connected("tcp://10.0.0.1:8786") as (_, ahead):
        assert ahead == 4


@pytest.mark.parametrize(("address", "count"), [("local:1", 1), ("local:12", 12), ("local:9999", 9999)])
def test_workers_of_this_machine_are_processes_of_one_thread(made, address, count):
    with cluster.connected(address):
        pass
    options = {"n_workers": count, "threads_per_worker": 1, "dashboard_address": None, "security": True}
    assert made["cluster"].options == options
    assert made["client"].asked == (made["cluster"],)


@pytest.mark.parametrize("address", ["local:0", "local:", "local:10000", "local:2x", "xlocal:2"])
@pytest.mark.parametrize("error", [OSError("timed out"), ValueError("no address"), TypeError()])
def test_what_is_no_cluster_is_refused_with_what_was_said(made, monkeypatch, address, error):
    def refuse(*_, **__):
        raise error

    monkeypatch.setattr(cluster.optional("distributed", "--dask"), "Client", refuse)
    said = str(error) or "TypeError"
    with pytest.raises(InputError) as refused, cluster.connected(address):
        pass
    assert str(refused.value) == (
        f"--dask {address}: no scheduler answers ({said}); allowed is its address, or local:N"
    )


def test_a_package_that_is_not_there_is_named_with_the_way_to_get_it(monkeypatch):
    assert cluster.optional("json", "--x").loads("[1]") == [1]
    with pytest.raises(InputError) as refused:
        cluster.optional("no_such_package", "--location")
    assert str(refused.value) == (
        "--location needs the package no_such_package, which is not installed; "
        "install it with: uv pip install 'dask[distributed]' cryptography"
    )


@pytest.fixture
def swept(tmp_path):
    (tmp_path / "grid.yaml").write_text(FAILING)
    return Sweep(read_grid(str(tmp_path / "grid.yaml")), 2)


def test_workers_put_files_at_an_address_where_they_are_found_again(swept, tmp_path):
    pytest.importorskip("fsspec")
    place = RemoteFolder(f"file://{tmp_path}/far/", swept.key)
    assert place == RemoteFolder(f"file://{tmp_path}/far/", swept.key)
    assert place.whole(swept.names) is None
    found = sweep(swept, place, Here(), ahead=1)
    assert (found.made, found.kept) == (4, 0)
    assert sorted(path.name for path in (tmp_path / "far").iterdir()) == swept.names
    assert [one.scenario for one in found.failures] == [6, 7]
    assert place.whole(swept.names) == place.finished()
    (named,) = {one.message for one in place.finished()[swept.names[3]]}
    assert "space would count twice" in named
    assert all(isinstance(one, Failure) for one in place.finished()[swept.names[3]])
    assert [place.finished()[name] for name in swept.names[:3]] == [()] * 3


def test_only_what_is_missing_is_made_and_files_of_another_sweep_go(swept, tmp_path):
    pytest.importorskip("fsspec")
    folder = tmp_path / "far"
    place = RemoteFolder(str(folder), swept.key)
    sweep(swept, place, Here(), ahead=1)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    (folder / swept.names[1]).unlink()
    (folder / "part-00099.parquet").write_bytes(b"of an older sweep")
    (folder / "notes.txt").write_text("not ours")
    assert place.whole(swept.names) is None
    found = sweep(swept, place, Here(), ahead=1)
    assert (found.made, found.kept) == (1, 3)
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix == ".parquet"} == before
    assert (folder / "notes.txt").exists()
    assert RemoteFolder(str(folder), "another key").finished() == {}
    assert sweep(swept, place, Here(), ahead=1).made == 0
    assert sweep(swept, place, Here(), ahead=1, force=True).made == 4


def test_a_file_stands_at_its_place_whole_and_nothing_beside_it(tmp_path):
    pytest.importorskip("fsspec")
    for content in (b"one", b"another"):
        put_remote(f"{tmp_path}/deep/folder", "a.parquet", content)
        assert {path.name: path.read_bytes() for path in (tmp_path / "deep/folder").iterdir()} == {
            "a.parquet": content
        }


def test_an_address_of_an_unknown_kind_is_refused():
    pytest.importorskip("fsspec")
    with pytest.raises(
        InputError, match=r"^--location 'nowhere://a': .*nowhere.*; allowed is an address that fsspec"
    ):
        RemoteFolder("nowhere://a", "key")
