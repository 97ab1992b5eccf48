// Keys: names, where they live, whether providers take them. Their values never come back out.
import { KeyRound } from 'lucide-react';
import type { Feature } from '../../ui/feature.ts';
import { lazyScreen } from '../../ui/lazy-screen.ts';

export const feature: Feature = {
  id: 'keys',
  title: 'Keys',
  icon: KeyRound,
  Sidebar: lazyScreen(async () => (await import('./keys-sidebar.tsx')).KeysSidebar),
  Main: lazyScreen(async () => (await import('./keys-screen.tsx')).KeysScreen),
  Background: lazyScreen(async () => (await import('./keys-background.tsx')).KeysBackground),
};
