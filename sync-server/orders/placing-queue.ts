// Orders that arrive for one store while another is being placed are placed together: one lock of the desk and one commit for all of
// them, each judged by itself and in the order in which they came.

/** Orders of one transaction. */
const TOGETHER_MAX = 25;

type Waiting<Request, Answer> = {
  readonly request: Request;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
};

/** Hands requests of one key to `work` in groups, one group after the other; answers come in the order of the requests. */
export function createPlacingQueue<Request, Answer>(
  work: (key: string, requests: readonly Request[]) => Promise<readonly Answer[]>,
): (key: string, request: Request) => Promise<Answer> {
  const queues = new Map<string, Waiting<Request, Answer>[]>();

  async function run(key: string, queue: Waiting<Request, Answer>[]): Promise<void> {
    let together = TOGETHER_MAX;
    while (queue.length > 0) {
      const group = queue.splice(0, together);
      try {
        const answers = await work(
          key,
          group.map(({ request }) => request),
        );
        for (const [place, each] of group.entries()) {
          const answer = answers[place];
          if (answer === undefined) each.reject(new Error('a group of orders had too few answers'));
          else each.resolve(answer);
        }
        together = TOGETHER_MAX;
      } catch (error) {
        // One that cannot be placed at all must not take the others with it: they are tried one by one.
        if (group.length === 1) group[0]?.reject(error);
        else queue.unshift(...group);
        together = 1;
      }
    }
    queues.delete(key);
  }

  return (key, request) =>
    new Promise((resolve, reject) => {
      const known = queues.get(key);
      const queue = known ?? [];
      queue.push({ request, resolve, reject });
      if (known !== undefined) return;
      queues.set(key, queue);
      void run(key, queue);
    });
}
