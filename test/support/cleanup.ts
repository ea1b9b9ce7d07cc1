import { report } from './faults.js';

type Task = () => unknown;

let tasks: Task[] = [];

/** Runs after the test, last registered first, however the test ended. */
export function onCleanup(task: Task): void {
  tasks.push(task);
}

export async function cleanUp(): Promise<void> {
  const due = tasks.reverse();
  tasks = [];
  for (const task of due) {
    try {
      await task();
    } catch (error) {
      report({ kind: 'error', message: `the clean-up failed: ${String(error)}`, error });
    }
  }
  localStorage.clear();
  sessionStorage.clear();
}
