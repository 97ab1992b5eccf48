// Fixed texts of the Demo's answers.

/** Three of these close each answer. */
export const TIPS: readonly string[] = [
  'The **Events** tab lists every event with the time it arrived; the strip above it shows their rhythm.',
  'The **Headers** tab holds the request id. Support teams ask for it first.',
  'The rate-limit headers count down with each call and come back within a minute.',
  'Send with `demo-rate-limited` to see a 429, what `retry-after` says, and how the app waits.',
  'Send with `demo-cut` to see a stream that ends without its last event: it is kept and marked as truncated.',
  'Send with `demo-flaky` to watch two failed attempts and the one that works.',
  'Lower `max_tokens` and send again: the answer is cut, and the finish reason says so.',
  'Turn `stream` off and compare the time to the first word.',
  'Close the app in mid-answer and look into History afterwards: what had arrived is there.',
];

/** Long answers go on with these, over and over. */
export const NOTES: readonly string[] = [
  'A key is a password for an account that pays. It belongs in a keychain or a secret store, never in source code, and it is replaced the moment it has been seen by others.',
  'Status 400 means that the request itself is wrong, 401 that the key is, 404 that the model or path is unknown, 429 that you are too fast, and 500 or above that the server has trouble.',
  'After a 429, wait as long as `retry-after` says. Without that header, wait longer after each failure and add some chance, so that many callers do not come back at the same moment.',
  'Input and output tokens are counted apart, since output usually costs several times as much. A limit on output is the simplest way to cap the price of one call.',
  'A conversation grows with every turn, because the API keeps no state: the tenth question sends the nine before it as well.',
  'Streaming does not make an answer faster as a whole. It makes the first word arrive early, and that is what a reader notices.',
  'Without a timeout, a call to a server that has gone silent waits for ever. A good client limits the time to connect, the time between two pieces and the time in all.',
  'A tool call is a request to you: the model names a function and its arguments, your code runs it, and the result goes back as the next message.',
  'A stream that stops without its last event is not a short answer but a broken one. Only the last event says that all has come.',
  'Cached input is far cheaper than fresh input. Put what stays the same, such as instructions and documents, at the front, and what changes at the end.',
];

/** One of everything that Markdown can hold, the unsafe parts included: they must show as text. */
export const MARKDOWN_SHOWCASE = `# Markdown, by the Demo provider

No model wrote this. It is a fixed page with **bold**, *italic*, ~~struck~~ and \`inline code\`.

## Lists

- First
  - Nested
    - Deeper
- Second

1. One
2. Two

- [x] Done
- [ ] To do

## A table

| Status | Meaning | Try again? |
|:-------|:-------:|-----------:|
| 200 | fine | no |
| 429 | too fast | after \`retry-after\` |
| 529 | overloaded | later |

## Code

\`\`\`ts
const answer = await fetch(url, { method: 'POST', headers, body });
for await (const chunk of answer.body) console.log(chunk.length);
\`\`\`

\`\`\`sh
curl -N "$URL" -H 'content-type: application/json' -d '{"stream": true}'
\`\`\`

> A quotation.
>
> > And one inside it.

A [link](https://example.com/), an address: https://example.com/docs, and a rule:

---

## What must stay harmless

An image from elsewhere is not fetched: ![a picture](https://example.com/pixel.png)

HTML is only text: <b onclick="alert(1)">not bold</b> <script>alert('no')</script>

A link that would run code: [do not](javascript:alert(1))

Unicode: Grüße, 你好, שלום, 🚀, é.
`;
