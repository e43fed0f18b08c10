// Why the server will not start, as a sentence a shopkeeper can act on: what happened, what is safe, what to do.
// Everything that stands between `npm start` and a listening server throws this and nothing else on purpose;
// start.ts prints the sentences without a stack and ends with exit code 1.

export class StartRefused extends Error {
  override readonly name = 'StartRefused';
  readonly sentences: readonly string[];

  constructor(sentences: string | readonly string[], options?: { cause: unknown }) {
    const list = typeof sentences === 'string' ? [sentences] : sentences;
    super(list.join('\n'), options);
    this.sentences = list;
  }
}
