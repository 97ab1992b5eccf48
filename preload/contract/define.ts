// How the wire is described: every method is declared once, with zod schemas both sides import.
import type * as z from 'zod';

export type CallSpec = { kind: 'call'; input: z.ZodType; output: z.ZodType };
export type StreamSpec = { kind: 'stream'; input: z.ZodType; event: z.ZodType };
export type Contract = Record<string, CallSpec | StreamSpec>;

/** One question, one answer. */
export const call = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({
  kind: 'call' as const,
  input,
  output,
});

/** One question, many events; ends, fails, or is cancelled by whoever reads it. */
export const stream = <I extends z.ZodType, E extends z.ZodType>(input: I, event: E) => ({
  kind: 'stream' as const,
  input,
  event,
});

type Sent<M extends { input: z.ZodType }> = z.input<M['input']>;
type Received<M extends { input: z.ZodType }> = z.output<M['input']>;

/** What every handler gets besides its input. The signal aborts when the caller cancels or goes away. */
export interface CallContext {
  signal: AbortSignal;
}

/** What a service implements. */
export type Handlers<C extends Contract> = {
  [K in keyof C]: C[K] extends StreamSpec
    ? (input: Received<C[K]>, ctx: CallContext) => AsyncIterable<z.infer<C[K]['event']>>
    : C[K] extends CallSpec
      ? (
          input: Received<C[K]>,
          ctx: CallContext,
        ) => Promise<z.infer<C[K]['output']>> | z.infer<C[K]['output']>
      : never;
};

/** What a window, a test or the command line holds. Rejections are always an `AppError`. */
export type Client<C extends Contract> = {
  [K in keyof C]: C[K] extends StreamSpec
    ? (input: Sent<C[K]>, opts?: { signal?: AbortSignal }) => AsyncIterable<z.infer<C[K]['event']>>
    : C[K] extends CallSpec
      ? (input: Sent<C[K]>, opts?: { signal?: AbortSignal }) => Promise<z.infer<C[K]['output']>>
      : never;
};
