import 'dart:convert';
import 'dart:io';

/// The app's side of the bridge: keeps a page's events on the device before it acknowledges them,
/// and sends them to the collector. They keep their ids: one that arrives twice is counted once.
class WebviewEvents {
  /// [folder] is the app's own, such as one below `getApplicationSupportDirectory()`.
  WebviewEvents({required this.host, required this.writeKey, required this.folder});

  final String host;
  final String writeKey;
  final Directory folder;

  static final _id = RegExp(r'^[\w-]{8,64}$');
  static final _agent = RegExp(r'^[ -~]{1,512}$');
  static const _maxBatch = 500;

  /// Past this the page is told to send by itself.
  static const _maxBytes = 2000000;

  String _userAgent = '';
  Future<void> _turn = Future.value();
  bool _forwarding = false;

  /// What the app says to the page for what the page said; null says nothing.
  Future<Map<String, Object?>?> hear(String text) async {
    final message = _read(text);
    if (message is! Map<String, Object?> || message['balise'] != 1) return null;
    switch (message['type']) {
      case 'hello':
        final agent = message['userAgent'];
        if (agent is String && _agent.hasMatch(agent)) _userAgent = agent;
        return {'balise': 1, 'type': 'ready', 'can': ['batch']};
      case 'batch':
        return _answer(message);
      default:
        return null;
    }
  }

  Future<Map<String, Object?>?> _answer(Map<String, Object?> message) async {
    final id = message['id'];
    final count = message['count'];
    final events = message['events'];
    if (id is! String || count is! int || events is! String) return null;
    final list = _read(events);
    if (!_id.hasMatch(id) || count > _maxBatch) return null;
    if (list is! List || list.length != count) return null;
    final kept = message['writeKey'] == writeKey && await _keep(id, events);
    // Fewer than all is a refusal: the page sends the batch by itself.
    return {'balise': 1, 'type': 'ack', 'id': id, 'accepted': kept ? count : 0, 'rejected': []};
  }

  /// On disk when this gives true: only then may the batch be acknowledged.
  Future<bool> _keep(String id, String events) {
    final agent = _userAgent;
    final kept = _turn.then((_) async {
      await folder.create(recursive: true);
      final bytes = utf8.encode(jsonEncode({'events': events, 'userAgent': agent}));
      var sum = bytes.length;
      for (final file in await _files()) {
        sum += await file.length();
      }
      if (sum > _maxBytes) return false;
      // A name that no batch has, until it is whole.
      final draft = File('${folder.path}/$id.draft');
      await draft.writeAsBytes(bytes, flush: true);
      await draft.rename('${folder.path}/$id');
      return true;
    }).catchError((Object _) => false);
    _turn = kept;
    return kept;
  }

  /// Sends what is kept, until one batch has to wait. Call it at the start, when the app resumes,
  /// when the network is back, and now and then.
  Future<void> forward() async {
    if (_forwarding) return;
    _forwarding = true;
    try {
      for (final file in await _files()) {
        final kept = _read(await file.readAsString());
        if (kept is! Map<String, Object?> || await _send(kept)) {
          await file.delete();
        } else {
          return;
        }
      }
    } on IOException {
      // The next call tries again.
    } finally {
      _forwarding = false;
    }
  }

  Future<bool> _send(Map<String, Object?> kept) async {
    final client = HttpClient()..connectionTimeout = const Duration(seconds: 30);
    // Of the webview, so that the collector knows the device and not the app's HTTP library.
    client.userAgent = '${kept['userAgent']}';
    try {
      final request = await client.postUrl(Uri.parse('$host/v1/batch'));
      request.headers.contentType = ContentType.json;
      // The time of this request, not of the page's: the collector corrects clocks by it.
      final sentAt = DateTime.now().millisecondsSinceEpoch;
      request.add(utf8.encode(
        '{"writeKey":${jsonEncode(writeKey)},"sentAt":$sentAt,"events":${kept['events']}}',
      ));
      final response = await request.close().timeout(const Duration(seconds: 30));
      await response.drain<void>();
      // A body that is wrong stays wrong; anything else is worth another try.
      return response.statusCode == 202 || response.statusCode == 400;
    } on Exception {
      return false;
    } finally {
      client.close(force: true);
    }
  }

  Future<List<File>> _files() async {
    if (!await folder.exists()) return [];
    final entries = await folder.list().toList();
    return [
      for (final entry in entries)
        if (entry is File && _id.hasMatch(entry.uri.pathSegments.last)) entry,
    ];
  }

  static Object? _read(String text) {
    try {
      return jsonDecode(text);
    } on FormatException {
      return null;
    }
  }
}
