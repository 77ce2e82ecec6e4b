"""python -m screen does what photoscreen does."""

from screen.cli import main

if __name__ == "__main__":
    main()
