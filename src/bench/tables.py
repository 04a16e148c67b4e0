"""Tables in Markdown, line by line as they are known."""


def table(columns: list[str]):
    print()
    line(columns)
    print("|" + "---|" * len(columns), flush=True)


def line(cells: list[str]):
    print("| " + " | ".join(cells) + " |", flush=True)
