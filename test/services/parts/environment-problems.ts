import { EnvironmentError } from '../../../services/runtime/environment';

/** What a program says of its variables; empty where it takes them. */
export function problemsOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
  return [];
}
