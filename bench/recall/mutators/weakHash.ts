import { declaration, type Mutator } from "../mutator.ts";

export const weakHash: Mutator = {
  rule: "weak-hash",
  promise: "MD5 or SHA-1 is used where passwords, tokens, sessions or signatures are handled.",
  shapes: {
    ecmascript: [
      'const hash = «createHash("md5").update(password)».digest("hex");',
      "user.passwordHash = «crypto.createHash('sha1').update(‹value›)».digest('hex');",
      'const signature = «createHmac("md5", secret)».update(‹value›).digest("base64");',
      'const sessionToken = «crypto\n  .createHash("sha1")\n  .update(String(Date.now()))»\n  .digest("hex");',
      declaration('function hashPassword(‹value›) {\n  return «createHash("md5").update(‹value›)».digest("hex");\n}\n'),
      "return «md5(user.password)» === ‹value›;",
    ],
    go: [
      "sum := «md5.Sum([]byte(password))»\n‹call›(sum)",
      "hash := «sha1.New()»\nhash.Write([]byte(token))",
      "signature := «hmac.New(md5.New, secret)»\n‹call›(signature)",
      'user.PasswordHash = «fmt.Sprintf("%x", sha1.Sum([]byte(‹value›)))»',
      declaration(
        'func hashPassword(‹value› string) string {\n  return fmt.Sprintf("%x", «md5.Sum([]byte(‹value›))»)\n}\n',
      ),
    ],
    java: [
      'byte[] hash = «MessageDigest.getInstance("MD5")».digest(password.getBytes());',
      'MessageDigest passwordDigest = «MessageDigest.getInstance("SHA-1")»;',
      'Signature signature = «Signature.getInstance("SHA1withRSA")»;',
      "String token = «DigestUtils.md5Hex(password)»;",
      declaration(
        'private byte[] hashPassword(String ‹value›) throws Exception {\n  MessageDigest digest = «MessageDigest.getInstance("SHA1")»;\n  return digest.digest(‹value›.getBytes());\n}\n',
      ),
      'Mac tokenMac = «Mac.getInstance("HmacMD5")»;',
    ],
    php: [
      "$hash = «md5($password)»;",
      "$user->password = «sha1($‹value›)»;",
      "$token = «md5(uniqid())»;",
      "if («md5($_POST['password'])» === $‹value›->‹field›) {\n  ‹call›();\n}",
      "$signature = «hash('md5', $‹value› . $secret)»;",
      "$signature = «hash_hmac('sha1', $‹value›, $secret)»;",
      declaration("function hash_password($‹value›) {\n  return «sha1($‹value›)»;\n}\n"),
    ],
    python: [
      "password_hash = «hashlib.md5(password.encode())».hexdigest()",
      "self.password = «hashlib.sha1(‹value›.encode('utf-8'))».hexdigest()",
      "signature = «hmac.new(secret, ‹value›, hashlib.sha1)».hexdigest()",
      "token = «hashlib.new('md5', ‹value›)».hexdigest()",
      declaration("def hash_password(‹value›):\n  return «hashlib.md5(‹value›)».hexdigest()\n"),
      "session_id = «hashlib.sha1(str(time.time()).encode())».hexdigest()",
    ],
    rust: [
      "let password_hash = «md5::compute(password.as_bytes())»;",
      "let digest = «Sha1::digest(password.as_bytes())»;",
      "let mut hasher = «Md5::new()»;\nhasher.update(password.as_bytes());",
      'let signature = «Sha1::digest(format!("{}{}", secret, ‹value›))»;',
      declaration('fn hash_password(‹value›: &str) -> String {\n  format!("{:x}", «md5::compute(‹value›)»)\n}\n'),
      "let mut token_hasher = «Sha1::new()»;\ntoken_hasher.update(‹value›);",
    ],
  },
};
