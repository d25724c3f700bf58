import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  globalIgnores(['dist', 'coverage', 'src/**/*.generated.ts']),
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // `_name` says that a parameter is there for the signature's sake.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // `== null` asks for both kinds of nothing.
      eqeqeq: ['error', 'smart'],
    },
  },
  {
    // A function is read in one sitting.
    files: ['src/**/*.ts'],
    rules: {
      'max-lines-per-function': ['error', { max: 40 }],
      'max-params': ['error', { max: 7 }],
    },
  },
  {
    // The core is pure: the moment, the zone and the language are arguments.
    files: ['src/**/*.ts'],
    ignores: ['src/cli/**'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'Buffer', 'require', '__dirname', 'console', 'performance'],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'The moment is an argument.' },
        { object: 'Math', property: 'random', message: 'The same input gives the same report.' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'The moment is an argument.' },
        {
          selector: 'CallExpression[callee.property.name=/^toLocale/]',
          message: "No machine's locale: use Intl with a language.",
        },
      ],
    },
  },
);
