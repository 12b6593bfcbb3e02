package dev.mahavishnu.llm;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Files and folders that are never read for a model, nor named to it. */
final class SecretNames {
  private static final Set<String> FOLDERS =
      Set.of(
          ".git",
          ".hg",
          ".svn",
          ".mahavishnu",
          ".ssh",
          ".aws",
          ".azure",
          ".gnupg",
          ".kube",
          ".docker",
          ".venv",
          "venv",
          "node_modules",
          "__pycache__",
          ".idea",
          ".vscode");

  private static final Pattern FILES =
      Pattern.compile(
          "\\.env(\\..*)?|.*\\.env|\\.envrc|.*\\.(pem|key|p12|pfx|jks|keystore|kdbx|ppk|asc|gpg)"
              + "|id_(rsa|dsa|ecdsa|ed25519)(\\..*)?|.*credentials?(\\..*)?|credentials?.*"
              + "|(.*[._-])?secrets?([._-].*)?|(.*[._-])?(passwords?|passwd|tokens?)([._-].*)?"
              + "|\\.(netrc|pgpass|npmrc|pypirc|htpasswd|git-credentials|my\\.cnf)|_netrc"
              + "|service[-_]?account.*\\.json");

  private SecretNames() {}

  static boolean isFolder(String name) {
    return FOLDERS.contains(name.toLowerCase(Locale.ROOT));
  }

  static boolean isFile(String name) {
    return FILES.matcher(name.toLowerCase(Locale.ROOT)).matches();
  }
}
