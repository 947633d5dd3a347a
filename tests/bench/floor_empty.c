/* The least that any program costs: what `--version` is measured against. */
int main(void) { return 0; }
