// Scanner: keys that were committed to local git repositories, named where Keybench holds them.
import { ScanSearch } from 'lucide-react';
import type { Feature } from '../../ui/feature.ts';
import { lazyScreen } from '../../ui/lazy-screen.ts';

export const feature: Feature = {
  id: 'scanner',
  title: 'Scanner',
  icon: ScanSearch,
  Sidebar: lazyScreen(async () => (await import('./scanner-sidebar.tsx')).ScannerSidebar),
  Main: lazyScreen(async () => (await import('./scanner-screen.tsx')).ScannerScreen),
  Background: lazyScreen(async () => (await import('./scanner-background.tsx')).ScannerBackground),
};
