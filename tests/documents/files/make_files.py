"""Makes the old Word and Excel files beside it, from invented reports, with LibreOffice.

python -m tests.documents.files.make_files

They are kept because LibreOffice is too large to be asked for by the tests. Each has what must be read in it
in a json file of its name.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from decimal import Decimal
from pathlib import Path
from random import Random

from tests.annual.printing import print_report, random_report

HERE = Path(__file__).parent
MADE = (("2014", "docx", "doc"), ("2019", "docx", "doc"), ("2021", "docx", "doc"), ("2021", "xlsx", "xls"))


def main() -> None:
    for form, layout, suffix in MADE:
        rng = Random(f"old files/{form}")
        content, _, truth = print_report(random_report(rng, form), layout, rng)
        with tempfile.TemporaryDirectory() as place:
            Path(place, f"report-{form}.{layout}").write_bytes(content)
            subprocess.run(
                [
                    "soffice",
                    "--headless",
                    "--convert-to",
                    suffix,
                    "--outdir",
                    HERE,
                    f"report-{form}.{layout}",
                ],
                cwd=place,
                check=True,
            )
        words = json.dumps(truth, ensure_ascii=False, indent=1, default=plain)
        (HERE / f"report-{form}.{suffix}.json").write_text(words + "\n", "utf-8")


def plain(value: object) -> float:
    assert isinstance(value, Decimal)
    return float(value)


if __name__ == "__main__":
    main()
