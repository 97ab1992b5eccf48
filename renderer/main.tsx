// Entry of the window.
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { applyTheme } from './app/theme.ts';
import { boot } from './host/boot.ts';
import { queryClient } from './host/queries.ts';
import { settingsQuery } from './host/settings.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root.');

await boot();
// Before the first render, so that nothing is painted in the other theme.
const settings = queryClient.getQueryData(settingsQuery.queryKey);
if (settings) applyTheme(settings['appearance.theme']);
createRoot(root).render(<App />);
