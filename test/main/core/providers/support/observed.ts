// A stand-in for the observed fetch: counts calls and keeps every body the adapter read to its end.
export interface Observed {
  fetch: typeof fetch;
  /** URL of each request. */
  urls: string[];
  /** Text of each body so far. */
  bodies: string[];
  /** Bodies that were read to their end. */
  ended: number;
}

export function observed(): Observed {
  const state: Observed = { fetch, urls: [], bodies: [], ended: 0 };
  state.fetch = async (input, init) => {
    const index = state.urls.push(String(input)) - 1;
    state.bodies[index] = '';
    const response = await fetch(input, init);
    const decoder = new TextDecoder();
    const body = response.body?.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>(
        {
          transform(chunk, controller) {
            state.bodies[index] += decoder.decode(chunk, { stream: true });
            controller.enqueue(chunk);
          },
          flush() {
            state.ended++;
          },
        },
        undefined,
        // Nothing is read ahead: what is counted was asked for by the adapter.
        { highWaterMark: 0 },
      ),
    );
    return new Response(body ?? null, response);
  };
  return state;
}
