import { Suspense } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, test } from 'vitest';
import { lazyPart, preloadScreens } from '../../../renderer/ui/lazy-screen.ts';

test('a part waits for its chunk once; after that it is drawn in the same frame', async () => {
  const Part = lazyPart<{ name: string }>(async () => ({ name }) => <b>{name}</b>);
  const drawn = () =>
    renderToString(
      <Suspense fallback="…">
        <Part name="here" />
      </Suspense>,
    );
  expect(drawn()).toContain('…');
  await preloadScreens();
  expect(drawn()).toContain('<b>here</b>');
});

test('a chunk that cannot be fetched does not keep the others from coming', async () => {
  lazyPart(async () => {
    throw new Error('gone');
  });
  const Part = lazyPart(async () => () => <i>after</i>);
  await preloadScreens();
  expect(renderToString(<Part />)).toBe('<i>after</i>');
});
