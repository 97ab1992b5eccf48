import { expect, test } from 'vitest';
import { installCommand } from '../../../scripts/setup/system-packages.mjs';

const user = { root: false, ubuntu: false };

test('one exact command for each package manager', () => {
  const needs = ['compiler', 'libsecret'] as const;
  expect(installCommand([...needs], { ...user, manager: 'apt' })).toBe(
    'sudo apt-get install -y g++ libsecret-1-dev',
  );
  expect(installCommand([...needs], { ...user, manager: 'dnf' })).toBe(
    'sudo dnf install -y gcc-c++ libsecret-devel',
  );
  expect(installCommand([...needs], { ...user, manager: 'pacman' })).toBe(
    'sudo pacman -S --noconfirm gcc libsecret',
  );
  expect(installCommand(['browser'], { ...user, manager: 'brew' })).toBe('brew install --cask chromium');
  expect(installCommand([...needs], { ...user, manager: 'none' })).toBe('');
});

test('root needs no sudo', () => {
  expect(installCommand(['git'], { root: true, ubuntu: false, manager: 'apt' })).toBe(
    'apt-get install -y git',
  );
});

test('Ubuntu has no Chromium package that installs unattended', () => {
  expect(installCommand(['browser', 'git'], { root: false, ubuntu: true, manager: 'apt' })).toBe(
    'sudo apt-get install -y git',
  );
  expect(installCommand(['browser'], { root: false, ubuntu: true, manager: 'apt' })).toBe('');
});
