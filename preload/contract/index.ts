// The one contract: everything a window, a test or the command line can ask of core.
import { app } from './app.ts';
import type { Client, Handlers } from './define.ts';
import { history } from './history.ts';
import { keys } from './keys.ts';
import { providers } from './providers.ts';
import { requests } from './requests.ts';
import { scanner } from './scanner.ts';
import { settings } from './settings.ts';

export const contract = { ...app, ...keys, ...providers, ...requests, ...history, ...scanner, ...settings };
export type AppContract = typeof contract;
export type AppClient = Client<AppContract>;
export type AppHandlers = Handlers<AppContract>;
