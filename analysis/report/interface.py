"""The public names of a package as a page, made from their docstrings."""

import re
from pathlib import Path
from types import ModuleType

ADDRESS = re.compile(r" at 0x[0-9a-f]+")  # of an object in memory, another one each time


def interface(module: ModuleType) -> str:
    """Return a page of the module's public names (`__all__`) without a script and without other addresses.

    Args:
        module: A module whose docstrings are in Google style.
    """
    import pdoc.doc
    import pdoc.render

    for name in module.__all__:  # names that are loaded when first used must be there to be found
        getattr(module, name)
    pdoc.render.configure(docformat="google", show_source=False, search=False)
    documented = pdoc.doc.Module(module)
    page = pdoc.render.html_module(documented, all_modules={module.__name__: documented})
    folder = str(Path(str(module.__file__)).resolve().parents[1])
    return ADDRESS.sub("", page).replace(f"{folder}/", "")
