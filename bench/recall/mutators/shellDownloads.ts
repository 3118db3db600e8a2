import type { Mutator } from "../mutator.ts";

export const pipeToShell: Mutator = {
  rule: "pipe-to-shell",
  promise: "What a download brings is handed to a shell at once.",
  shapes: {
    bash: [
      '«curl -s "$‹value›" | sh»',
      "«curl -fsSL https://get.example.com/install.sh | bash»",
      '«wget -qO- "$‹value›" | sudo bash -s -- --yes»',
      '«bash <(curl -s "$‹value›")»',
      '«sh -c "$(curl -fsSL https://example.com/‹field›.sh)"»',
      '«eval "$(wget -qO- "$‹value›")"»',
      "«curl -s https://example.com/‹value› \\\n  | sudo -E bash -»",
      '«source <(curl -s "$‹value›")»',
      '«curl -s "$‹value›" | tee install.log | bash»',
    ],
    powershell: [
      "«iex ((New-Object System.Net.WebClient).DownloadString('https://example.com/install.ps1'))»",
      "«Invoke-WebRequest $‹value› | Invoke-Expression»",
      "«irm https://example.com/‹field› | iex»",
      "«Invoke-Expression (Invoke-WebRequest -Uri $‹value› -UseBasicParsing).Content»",
      "«iwr -useb https://example.com/‹field›.ps1 | iex»",
      "«Invoke-Expression (Invoke-RestMethod $‹value›)»",
      "«(New-Object Net.WebClient).DownloadString($‹value›) | iex»",
      '«Invoke-Expression "& { $(irm https://example.com/‹field›.ps1) } -Quiet"»',
    ],
  },
};

export const plainCredential: Mutator = {
  rule: "plain-credential",
  promise: "`ConvertTo-SecureString` of a literal text.",
  shapes: {
    powershell: [
      "$‹value› = «ConvertTo-SecureString 'Winter2024!' -AsPlainText -Force»",
      '$‹value› = «ConvertTo-SecureString "Tr0ub4dor" -AsPlainText -Force»',
      "$‹value› = «ConvertTo-SecureString -String 'Winter2024!' -AsPlainText -Force»",
      '$‹value› = «ConvertTo-SecureString -AsPlainText -Force -String "Winter2024!"»',
      "$‹value› = New-Object PSCredential ('‹field›', («ConvertTo-SecureString 'Winter2024!' -AsPlainText -Force»))",
      "$‹value› = «'Winter2024!' | ConvertTo-SecureString -AsPlainText -Force»",
      "$‹value› = «convertto-securestring -asplaintext 'Winter2024!' -force»",
    ],
  },
};
