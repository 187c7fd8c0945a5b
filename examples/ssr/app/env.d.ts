interface ImportMetaEnv {
  readonly VITE_BALISE_KEY: string;
  readonly VITE_BALISE_HOST: string;
}
