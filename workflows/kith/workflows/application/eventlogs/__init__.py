"""The log in the formats that process-mining tools read: XES (IEEE 1849) and OCEL 2.0."""
