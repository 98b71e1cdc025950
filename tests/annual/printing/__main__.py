"""Show one printed report: python -m tests.annual.printing --layout pdf_text --form 2021 --seed 7"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from tests.annual.printing import LAYOUTS, printed_case


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.annual.printing")
    parser.add_argument("--layout", choices=tuple(LAYOUTS), default="tab_rows")
    parser.add_argument("--form", choices=("2014", "2019", "2021"), default="2021")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--truth", action="store_true", help="print the true JSON in place of the report")
    parser.add_argument("--out", type=Path, help="write the file here (needed for the binary layouts)")
    arguments = parser.parse_args()
    case = printed_case(arguments.layout, arguments.form, arguments.seed)
    print(case, file=sys.stderr)
    if arguments.out:
        arguments.out.write_bytes(case.content)
    elif arguments.truth:
        print(json.dumps(case.truth, ensure_ascii=False, indent=1, default=str))
    else:
        encoding = "gb18030" if "gb18030" in case.disturbances else "utf-8-sig"
        print(case.content.decode(encoding, "replace"))


if __name__ == "__main__":
    main()
