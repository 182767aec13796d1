"""How large a chart may be, and the marks of its files: what a folder and a package have in common."""

# Helm 4: MaxDecompressedChartSize and MaxDecompressedFileSize of pkg/chart/loader/archive
MAX_CHART_SIZE = 100 << 20
MAX_FILE_SIZE = 5 << 20
MAX_FILES = 20_000

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
GZIP_MAGIC = b"\x1f\x8b\x08"
