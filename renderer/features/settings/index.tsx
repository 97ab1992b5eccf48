// Settings: what can be chosen, applied at once, with its way back.
import { Settings } from 'lucide-react';
import type { Feature } from '../../ui/feature.ts';
import { lazyScreen } from '../../ui/lazy-screen.ts';

export const feature: Feature = {
  id: 'settings',
  title: 'Settings',
  icon: Settings,
  Sidebar: lazyScreen(async () => (await import('./settings-sidebar.tsx')).SettingsSidebar),
  Main: lazyScreen(async () => (await import('./settings-screen.tsx')).SettingsScreen),
};
