/** Style sheets are imported for the bundler alone, which puts them beside the script. */
declare module "*.css";
