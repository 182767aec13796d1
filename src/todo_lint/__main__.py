def main() -> int:
    return 3
