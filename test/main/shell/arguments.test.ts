import { describe, expect, it } from 'vitest';
import { parseLaunch, UsageError } from '../../../main/shell/arguments.ts';

describe('the arguments of npm start', () => {
  it('open a window by default', () => {
    expect(parseLaunch([])).toEqual({
      shell: null,
      open: true,
      socket: null,
      port: 0,
      publicPort: null,
      help: false,
    });
  });
  it('can ask for a served browser shell', () => {
    expect(parseLaunch(['--shell=browser', '--no-open', '--port', '8123'])).toMatchObject({
      shell: 'browser',
      open: false,
      port: 8123,
    });
  });
  it('open no window on a unix socket, which is for a tunnel', () => {
    expect(parseLaunch(['--socket=/run/k.sock', '--public-port=8123'])).toMatchObject({
      open: false,
      socket: '/run/k.sock',
      publicPort: 8123,
    });
  });
  it.each([
    [['--shell=tk'], '--shell takes electron or browser.'],
    [['--port=0'], '--port takes a number from 1 to 65535.'],
    [['--port=http'], '--port takes a number from 1 to 65535.'],
    [['--public-port=99999'], '--public-port takes a number from 1 to 65535.'],
    [['--socket=/x'], '--socket needs --public-port: the port on which your browser will see Keybench.'],
  ])('say what is wrong with %j', (args, sentence) => {
    expect(() => parseLaunch(args)).toThrow(new UsageError(sentence));
  });
  it.each([[['--host=0.0.0.0']], [['extra']], [['--no-open=1']]])('refuse %j in one sentence', (args) => {
    expect(() => parseLaunch(args)).toThrow(/^[^.]+\. See npm start -- --help\.$/);
  });
});
