"""Runs the command line: `python -m firstday_cli` and `firstday`."""


def main() -> None:
    """Start the command line."""
    from firstday_cli.cli.app import main as run

    run()


if __name__ == "__main__":
    main()
