import Foundation

/// The app's side of the bridge: keeps a page's events on the device before it acknowledges them,
/// and sends them to the collector. They keep their ids: one that arrives twice is counted once.
actor WebviewEvents {
    private struct Kept: Codable {
        let events: String
        let userAgent: String
    }

    /// Past this the page is told to send by itself.
    private static let maxBytes = 2_000_000
    private static let maxBatch = 500

    private let folder: URL
    private let batchAddress: URL
    private let writeKey: String
    private var userAgent = ""
    private var forwarding = false

    init(host: URL, writeKey: String) throws {
        let support = try FileManager.default.url(
            for: .applicationSupportDirectory, in: .userDomainMask, appropriateFor: nil, create: true)
        folder = support.appendingPathComponent("balise-webview-events", isDirectory: true)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        batchAddress = host.appendingPathComponent("v1/batch")
        self.writeKey = writeKey
    }

    /// What the app says to the page for what the page said, as JSON text; nil says nothing.
    func hear(_ text: String) -> String? {
        guard let data = text.data(using: .utf8),
            let message = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
            message["balise"] as? Int == 1
        else { return nil }
        switch message["type"] as? String {
        case "hello":
            if let agent = message["userAgent"] as? String, agent.count <= 512,
                agent.unicodeScalars.allSatisfy({ (0x20...0x7e).contains($0.value) })
            {
                userAgent = agent
            }
            return Self.json(["balise": 1, "type": "ready", "can": ["batch"]])
        case "batch":
            return answer(message)
        default:
            return nil
        }
    }

    private func answer(_ message: [String: Any]) -> String? {
        guard let id = message["id"] as? String,
            id.range(of: "^[A-Za-z0-9_-]{8,64}$", options: .regularExpression) != nil,
            let count = message["count"] as? Int, count <= Self.maxBatch,
            let events = message["events"] as? String,
            let list = try? JSONSerialization.jsonObject(with: Data(events.utf8)) as? [Any],
            list.count == count
        else { return nil }
        let kept = message["writeKey"] as? String == writeKey && keep(events, as: id)
        // Fewer than all is a refusal: the page sends the batch by itself.
        return Self.json([
            "balise": 1, "type": "ack", "id": id, "accepted": kept ? count : 0,
            "rejected": [Any](),
        ])
    }

    /// On disk when this returns true: only then may the batch be acknowledged.
    private func keep(_ events: String, as id: String) -> Bool {
        guard let data = try? JSONEncoder().encode(Kept(events: events, userAgent: userAgent)),
            bytesKept() + data.count <= Self.maxBytes
        else { return false }
        let file = folder.appendingPathComponent(id)
        let options: Data.WritingOptions = [
            .atomic, .completeFileProtectionUntilFirstUserAuthentication,
        ]
        return (try? data.write(to: file, options: options)) != nil
    }

    /// Sends what is kept, until one batch has to wait. Call it at the start, in the foreground,
    /// when the network is back, and now and then.
    func forward() async {
        if forwarding { return }
        forwarding = true
        defer { forwarding = false }
        for file in files() {
            guard let data = try? Data(contentsOf: file),
                let kept = try? JSONDecoder().decode(Kept.self, from: data)
            else {
                try? FileManager.default.removeItem(at: file)
                continue
            }
            guard await send(kept) else { return }
            try? FileManager.default.removeItem(at: file)
        }
    }

    private func send(_ kept: Kept) async -> Bool {
        var request = URLRequest(url: batchAddress, timeoutInterval: 30)
        request.httpMethod = "POST"
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        // Of the webview, so that the collector knows the device and not the app's HTTP library.
        request.setValue(kept.userAgent, forHTTPHeaderField: "User-Agent")
        // The time of this request, not of the page's: the collector corrects clocks by it.
        let sentAt = Int(Date().timeIntervalSince1970 * 1000)
        let key = Self.json(writeKey)
        request.httpBody = Data(
            #"{"writeKey":\#(key),"sentAt":\#(sentAt),"events":\#(kept.events)}"#.utf8)
        guard let (_, response) = try? await URLSession.shared.data(for: request),
            let status = (response as? HTTPURLResponse)?.statusCode
        else { return false }
        // A body that is wrong stays wrong; anything else is worth another try.
        return status == 202 || status == 400
    }

    private func files() -> [URL] {
        (try? FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: [.fileSizeKey])) ?? []
    }

    private func bytesKept() -> Int {
        files().reduce(0) { sum, file in
            sum + ((try? file.resourceValues(forKeys: [.fileSizeKey]).fileSize) ?? 0)
        }
    }

    static func json(_ value: Any) -> String {
        let options: JSONSerialization.WritingOptions = [.fragmentsAllowed]
        let data = try? JSONSerialization.data(withJSONObject: value, options: options)
        return String(decoding: data ?? Data("null".utf8), as: UTF8.self)
    }
}
