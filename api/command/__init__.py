"""What the `powermap` command needs beside its options: files, tables and patience."""
