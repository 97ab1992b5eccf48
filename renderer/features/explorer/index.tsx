// The Explorer: open requests, their answers, and what was sent last.
import { Send } from 'lucide-react';
import type { Feature } from '../../ui/feature.ts';
import { Background } from './background.tsx';
import { ExplorerMain } from './explorer-main.tsx';
import { messages } from './messages.ts';
import { Sidebar } from './sidebar.tsx';

export const feature: Feature = {
  id: 'explorer',
  title: messages.title,
  icon: Send,
  Sidebar,
  Main: ExplorerMain,
  Background,
};
