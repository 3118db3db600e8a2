import { declaration, type Mutator } from "../mutator.ts";

export const formatString: Mutator = {
  rule: "format-string",
  promise: "`printf` and its relatives get a variable as their only format.",
  shapes: {
    c: [
      "«printf(‹value›);»",
      "«fprintf(stderr, ‹value›);»",
      "«sprintf(‹other›, ‹value›);»",
      "«snprintf(‹other›, sizeof(‹other›), ‹value›);»",
      "«syslog(LOG_ERR, ‹value›);»",
      "«printf(‹value›->‹field›);»",
      "int written = «fprintf(‹other›, ‹value›[0])»;",
      declaration("static void ‹call›_message(const char *‹value›) {\n  «printf(‹value›);»\n}\n"),
    ],
  },
};

export const lostRealloc: Mutator = {
  rule: "lost-realloc",
  promise: "`p = realloc(p, …)`.",
  shapes: {
    c: [
      "«‹value› = realloc(‹value›, ‹other› * 2);»",
      "«‹value›->‹field› = realloc(‹value›->‹field›, ‹other› * sizeof(int));»",
      "«‹value› = (char *)realloc(‹value›, size);»",
      "«‹value›.‹field› = realloc(‹value›.‹field›, 64);»",
      "if ((«‹value› = realloc(‹value›, size)») == NULL) {\n  return;\n}",
      "«*‹value› = realloc(*‹value›, size + 1);»",
      "«‹value› = realloc(\n  ‹value›,\n  ‹other› + 16\n);»",
    ],
  },
};

export const swappedMemset: Mutator = {
  rule: "swapped-memset",
  promise: "`memset` is called with the length 0.",
  shapes: {
    c: [
      "«memset(‹value›, sizeof(‹value›), 0);»",
      "«memset(&‹value›, sizeof ‹value›, 0);»",
      "«memset(‹value›->‹field›, 128, 0);»",
      "«memset(‹value› + ‹other›, ‹other› * 4, 0);»",
      "«memset(\n  ‹value›,\n  length,\n  0\n);»",
      "void *‹third› = «memset(malloc(‹other›), ‹other›, 0)»;",
    ],
    cpp: ["«std::memset(‹value›, sizeof(‹value›), 0);»"],
  },
};

export const unboundedRead: Mutator = {
  rule: "unbounded-read",
  promise: "`gets`, or `scanf` with a bare `%s`.",
  shapes: {
    c: [
      "«gets(‹value›);»",
      "while («gets(‹value›)» != NULL) {\n  ‹call›(‹value›);\n}",
      '«scanf("%s", ‹value›);»',
      'if («scanf("%d %s", &‹other›, ‹value›)» != 2) {\n  ‹call›();\n}',
      '«fscanf(stdin, "%s", ‹value›->‹field›);»',
      'int read = «fscanf(‹other›, "name=%s", ‹value›)»;',
    ],
  },
};
