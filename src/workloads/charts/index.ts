export * from './chart-objects';
