import type { Mutator } from "../mutator.ts";

export const unsafeDeserialization: Mutator = {
  rule: "unsafe-deserialization",
  promise:
    "A format that can build any object is read from data that comes from outside, or with a reader that cannot be made safe.",
  shapes: {
    csharp: [
      "var ‹value› = «new BinaryFormatter()».Deserialize(‹other›);",
      "BinaryFormatter formatter = «new BinaryFormatter()»;\nvar ‹value› = (Order)formatter.Deserialize(‹other›);",
      "var ‹value› = «new NetDataContractSerializer()».ReadObject(‹other›);",
      "var ‹value› = «new LosFormatter()».Deserialize(Request.Form[0]);",
      "var ‹value› = «new SoapFormatter()».Deserialize(‹other›);",
      "var ‹value› = JsonConvert.DeserializeObject(‹other›, new JsonSerializerSettings { «TypeNameHandling = TypeNameHandling.All» });",
    ],
    php: [
      "$‹value› = «unserialize($_COOKIE['‹field›'])»;",
      '$‹value› = «unserialize($_POST["‹field›"])»;',
      "$‹value› = «unserialize(base64_decode($_GET['‹field›']))»;",
      "$this->‹field› = «unserialize(file_get_contents('php://input'))»;",
      "$‹value› = «@unserialize(stripslashes($_REQUEST['‹field›']))»;",
    ],
    python: [
      "‹value› = «pickle.loads(request.data)»",
      "‹value› = «pickle.loads(base64.b64decode(request.cookies['‹field›']))»",
      "‹value› = «pickle.load(urllib.request.urlopen(‹other›))»",
      "‹value› = «marshal.loads(sock.recv(1024))»",
      "‹value› = «pickle.loads(requests.get(‹other›).content)»",
      "self.‹field› = «dill.loads(request.get_data())»",
      "‹value› = «cPickle.loads(connection.recv(4096))»",
      "‹value› = «jsonpickle.decode(request.form['‹field›'])»",
    ],
    ruby: [
      "‹value› = «Marshal.load(params[:‹field›])»",
      "‹value› = «Marshal.load(Base64.decode64(cookies[:‹field›]))»",
      "‹value› = «YAML.unsafe_load(request.body.read)»",
      "‹value› = «Marshal.restore(params['‹field›'])»",
      "@‹field› = «Marshal.load(socket.read)»",
    ],
  },
};
