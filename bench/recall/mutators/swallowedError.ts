import type { Mutator } from "../mutator.ts";

export const swallowedError: Mutator = {
  rule: "swallowed-error",
  promise: "An error is caught and nothing is done about it, and no comment says why.",
  shapes: {
    c: [
      "try {\n  ‹call›();\n} «catch (...) {\n}»",
      "try {\n  ‹call›(‹value›);\n} «catch (const std::exception& error) {\n}»",
      "try {\n  ‹value›.‹call›();\n} «catch (const std::runtime_error&) {}»",
      "try {\n  ‹call›();\n} catch (const std::logic_error& error) {\n  ‹act›(error);\n} «catch (...) {}»",
    ],
    csharp: [
      "try { ‹call›(); } «catch { }»",
      "try\n{\n  ‹call›(‹value›);\n}\n«catch (Exception)\n{\n}»",
      "try\n{\n  ‹call›(‹value›);\n}\n«catch (IOException e)\n{\n}»\nfinally\n{\n  Close();\n}",
      "try { ‹call›(); } catch (ArgumentException e) { Log(e); } «catch (Exception e) { ; }»",
    ],
    ecmascript: [
      "try {\n  ‹call›();\n} «catch {}»",
      "try {\n  await ‹call›(‹value›);\n} «catch (error) {\n}»",
      "try {\n  ‹value›.‹call›();\n} «catch (e) {}» finally {\n  ‹act›();\n}",
      "‹call›(‹value›)«.catch(() => {})»;",
      "await ‹value›.‹call›()«.catch(function () {})»;",
      "‹call›()\n  .then((one) => ‹act›(one))\n  «.catch((error) => {})»;",
    ],
    go: [
      "if ‹value›, err := ‹call›(); «err != nil {\n}» else {\n  ‹act›(‹value›)\n}",
      "«if err := ‹call›(); err != nil {\n}»",
      "err := ‹call›(‹value›)\n«if err != nil {\n}»",
      "«if err != nil {\n}»",
    ],
    java: [
      "try {\n  ‹call›();\n} «catch (Exception e) {\n}»",
      "try {\n  ‹call›(‹value›);\n} «catch (IOException | SQLException e) {}»",
      "try (var ‹value› = ‹call›()) {\n  ‹act›(‹value›);\n} «catch (final Throwable error) {\n}»",
      "try {\n  ‹call›();\n} catch (IllegalStateException e) {\n  throw e;\n} «catch (RuntimeException e) {\n}» finally {\n  close();\n}",
    ],
    php: [
      "try {\n  ‹call›();\n} «catch (Exception $e) {\n}»",
      "try {\n  $this->‹call›($‹value›);\n} «catch (RuntimeException | TypeError $e) {}»",
      "try {\n  ‹call›();\n} «catch (\\Throwable) {\n}»",
      "try {\n  ‹call›();\n} catch (LogicException $e) {\n  throw $e;\n} «catch (\\Exception $error) {\n}» finally {\n  close();\n}",
    ],
    powershell: [
      "try {\n  Get-Item $‹value›\n} «catch {\n}»",
      "try { Remove-Item $‹value› -ErrorAction Stop } «catch {}»",
      "try {\n  Start-Service $‹value›\n} «catch [System.IO.IOException] {\n}»",
      "try {\n  Get-Content $‹value›\n} «catch {\n}» finally {\n  Stop-Service $‹other›\n}",
    ],
    python: [
      "try:\n  ‹call›()\n«except Exception:\n  pass»",
      "try:\n  ‹call›(‹value›)\n«except:\n  pass»",
      "try:\n  ‹value›.‹call›()\n«except (ValueError, TypeError) as error:\n  pass»\nfinally:\n  ‹act›()",
      "try:\n  ‹call›()\n«except Exception:\n  ...»",
      "for one in ‹value›:\n  try:\n    ‹call›(one)\n  «except Exception:\n    continue»",
      "try:\n  ‹call›()\n«except BaseException as e: pass»",
    ],
  },
};
