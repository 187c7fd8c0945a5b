import 'dart:async';
import 'dart:convert';

import 'package:flutter/widgets.dart';
import 'package:webview_flutter/webview_flutter.dart';

import 'webview_events.dart';

/// Who the person is in the app; [anonymousId] and [sessionId] are UUIDs of version 7.
class Person {
  const Person({required this.anonymousId, required this.sessionId, this.userId});

  final String anonymousId;
  final String sessionId;
  final String? userId;

  Map<String, Object?> toJson() => {
        'anonymousId': anonymousId,
        'sessionId': sessionId,
        if (userId != null) 'userId': userId,
      };

  @override
  bool operator ==(Object other) =>
      other is Person &&
      other.anonymousId == anonymousId &&
      other.sessionId == sessionId &&
      other.userId == userId;

  @override
  int get hashCode => Object.hash(anonymousId, sessionId, userId);
}

/// Shows a page of the team's, and keeps and sends what its tag measures.
class BaliseWebView extends StatefulWidget {
  const BaliseWebView({
    super.key,
    required this.page,
    required this.events,
    required this.person,
  });

  final Uri page;
  final WebviewEvents events;
  final Person person;

  @override
  State<BaliseWebView> createState() => _BaliseWebViewState();
}

class _BaliseWebViewState extends State<BaliseWebView> with WidgetsBindingObserver {
  late final WebViewController _controller;
  Timer? _timer;

  @override
  void initState() {
    super.initState();
    WidgetsBinding.instance.addObserver(this);
    _timer = Timer.periodic(const Duration(seconds: 30), (_) => widget.events.forward());
    _controller = WebViewController()..setJavaScriptMode(JavaScriptMode.unrestricted);
    unawaited(_show());
    unawaited(widget.events.forward());
  }

  /// A channel is there from the next page on: it comes first.
  Future<void> _show() async {
    await _controller.addJavaScriptChannel('Balise', onMessageReceived: _hear);
    await _controller.loadRequest(_withPerson(widget.page));
  }

  /// The tag reads this before it counts the page, and takes it out of the address.
  Uri _withPerson(Uri page) {
    final json = utf8.encode(jsonEncode(widget.person));
    final ours = 'balise=${base64UrlEncode(json).replaceAll('=', '')}';
    return page.replace(fragment: page.hasFragment ? '${page.fragment}&$ours' : ours);
  }

  /// Frames of strangers have the channel, too, and it does not tell them apart: they can make the
  /// app keep events, as they could send them, and hear nothing of the answer, which goes to the
  /// page of this origin alone.
  Future<void> _hear(JavaScriptMessage message) async {
    final answer = await widget.events.hear(message.message);
    if (answer == null) return;
    await _say(answer);
    await widget.events.forward();
  }

  Future<void> _say(Map<String, Object?> message) async {
    if (!mounted) return;
    // JSON within JSON is a text that JavaScript reads as it stands, whatever it holds.
    final text = jsonEncode(jsonEncode(message));
    final ours = 'location.origin === ${jsonEncode(widget.page.origin)}';
    await _controller.runJavaScript('$ours && window.baliseReceive && baliseReceive($text);');
  }

  @override
  void didUpdateWidget(BaliseWebView last) {
    super.didUpdateWidget(last);
    if (last.person == widget.person) return;
    // Somebody else: the page forgets the last one before it hears of the next.
    final left = last.person.userId != null && last.person.userId != widget.person.userId;
    unawaited(_say({
      'balise': 1,
      'type': left ? 'reset' : 'handover',
      'known': widget.person.toJson(),
    }));
  }

  @override
  void didChangeAppLifecycleState(AppLifecycleState state) => unawaited(widget.events.forward());

  @override
  void dispose() {
    _timer?.cancel();
    WidgetsBinding.instance.removeObserver(this);
    super.dispose();
  }

  @override
  Widget build(BuildContext context) => WebViewWidget(controller: _controller);
}
