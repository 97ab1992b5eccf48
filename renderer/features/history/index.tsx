// History: every request that was sent, searchable, with what came back.
import { History } from 'lucide-react';
import type { Feature } from '../../ui/feature.ts';
import { lazyScreen } from '../../ui/lazy-screen.ts';
import { HistoryBackground } from './history-background.tsx';

export const feature: Feature = {
  id: 'history',
  title: 'History',
  icon: History,
  Sidebar: lazyScreen(async () => (await import('./history-sidebar.tsx')).HistorySidebar),
  Main: lazyScreen(async () => (await import('./history-screen.tsx')).HistoryScreen),
  Background: HistoryBackground,
};
