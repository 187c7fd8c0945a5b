import UIKit
import WebKit

/// Who the person is in the app; `anonymousId` and `sessionId` are UUIDs of version 7, lower case.
struct Person: Equatable {
    let anonymousId: String
    let sessionId: String
    let userId: String?

    var fields: [String: Any] {
        var fields = ["anonymousId": anonymousId, "sessionId": sessionId]
        if let userId { fields["userId"] = userId }
        return fields
    }
}

/// Shows a page of the team's, and keeps and sends what its tag measures. iOS 15 and later.
@MainActor
final class BaliseWebViewController: UIViewController {
    private let page: URL
    private let events: WebviewEvents
    private var person: Person
    private var webView: WKWebView!

    init(page: URL, events: WebviewEvents, person: Person) {
        self.page = page
        self.events = events
        self.person = person
        super.init(nibName: nil, bundle: nil)
    }

    @available(*, unavailable)
    required init?(coder: NSCoder) { fatalError("made in code") }

    override func loadView() {
        let configuration = WKWebViewConfiguration()
        let content = configuration.userContentController
        // The content controller keeps its handler: one of its own lets this one go.
        let handler = MessageHandler(page: page, events: events)
        content.addScriptMessageHandler(handler, contentWorld: .page, name: "balise")
        webView = WKWebView(frame: .zero, configuration: configuration)
        view = webView
        tellNextPages()
    }

    override func viewDidLoad() {
        super.viewDidLoad()
        webView.load(URLRequest(url: page))
        NotificationCenter.default.addObserver(
            self, selector: #selector(forward), name: UIApplication.didBecomeActiveNotification,
            object: nil)
        Timer.scheduledTimer(withTimeInterval: 30, repeats: true) { [weak self] timer in
            guard let self else { return timer.invalidate() }
            Task { @MainActor in self.forward() }
        }
        forward()
    }

    /// Call it at login, at logout and when the session changes.
    func become(_ next: Person) {
        guard next != person else { return }
        // Somebody else: the page forgets the last one before it hears of the next.
        let left = person.userId != nil && person.userId != next.userId
        person = next
        tellNextPages()
        say(["balise": 1, "type": left ? "reset" : "handover", "known": next.fields])
    }

    /// Pages of this origin alone learn who the person is, before their own scripts run.
    private func tellNextPages() {
        let content = webView.configuration.userContentController
        content.removeAllUserScripts()
        let source = "if (\(isOurs)) window.baliseHandover = \(text(person.fields));"
        content.addUserScript(
            WKUserScript(source: source, injectionTime: .atDocumentStart, forMainFrameOnly: true))
    }

    private func say(_ message: [String: Any]) {
        // The page may have gone elsewhere: the person is nobody else's to know.
        webView.evaluateJavaScript(
            "\(isOurs) && window.baliseReceive && baliseReceive(\(text(message)))")
    }

    /// JSON within JSON is a text that JavaScript reads as it stands, whatever it holds.
    private func text(_ value: [String: Any]) -> String {
        WebviewEvents.json(WebviewEvents.json(value))
    }

    private var isOurs: String { "location.origin === \(WebviewEvents.json(origin(of: page)))" }

    @objc private func forward() {
        Task { await events.forward() }
    }
}

/// Answers the page, and nobody else who may speak in the webview.
@MainActor
private final class MessageHandler: NSObject, WKScriptMessageHandlerWithReply {
    private let page: URL
    private let events: WebviewEvents

    init(page: URL, events: WebviewEvents) {
        self.page = page
        self.events = events
    }

    func userContentController(
        _ content: WKUserContentController, didReceive message: WKScriptMessage,
        replyHandler: @escaping (Any?, String?) -> Void
    ) {
        let sender = message.frameInfo.securityOrigin
        // Frames of the page have this handler as well.
        guard message.frameInfo.isMainFrame,
            sender.protocol == page.scheme, sender.host == page.host,
            sender.port == (page.port ?? 0),
            let text = message.body as? String
        else { return replyHandler(nil, "not for this page") }
        Task {
            replyHandler(await events.hear(text), nil)
            await events.forward()
        }
    }
}

/// `https://shop.example`, as `location.origin` says it.
private func origin(of page: URL) -> String {
    let port = page.port.map { ":\($0)" } ?? ""
    return "\(page.scheme ?? "https")://\(page.host ?? "")\(port)"
}
