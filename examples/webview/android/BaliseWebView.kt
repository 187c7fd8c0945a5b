package org.example.app

import android.annotation.SuppressLint
import android.webkit.WebView
import androidx.core.net.toUri
import androidx.lifecycle.Lifecycle
import androidx.lifecycle.LifecycleOwner
import androidx.lifecycle.lifecycleScope
import androidx.lifecycle.repeatOnLifecycle
import androidx.webkit.ScriptHandler
import androidx.webkit.WebViewCompat
import androidx.webkit.WebViewFeature
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import org.json.JSONObject

/** Who the person is in the app; `anonymousId` and `sessionId` are UUIDs of version 7. */
data class Person(val anonymousId: String, val sessionId: String, val userId: String?) {
    fun toJson(): JSONObject = JSONObject()
        .put("anonymousId", anonymousId)
        .put("sessionId", sessionId)
        .putOpt("userId", userId)
}

/** Shows a page of the team's in the webview, and keeps and sends what its tag measures. */
class BaliseWebView(
    private val webView: WebView,
    private val owner: LifecycleOwner,
    private val page: String,
    private val events: WebviewEvents,
    private var person: Person,
) {
    private val origin = page.toUri().run { "$scheme://$encodedAuthority" }
    private var told: ScriptHandler? = null

    @SuppressLint("SetJavaScriptEnabled")
    fun show() {
        webView.settings.javaScriptEnabled = true
        // The outbox of the page.
        webView.settings.domStorageEnabled = true
        listen()
        tellNextPages()
        webView.loadUrl(page)
        owner.lifecycleScope.launch {
            owner.repeatOnLifecycle(Lifecycle.State.STARTED) {
                while (true) {
                    events.forward()
                    delay(30_000)
                }
            }
        }
    }

    /**
     * Not `addJavascriptInterface`: that speaks to every frame of every page, and cannot tell them
     * apart. Where the webview is too old for this, the page sends by itself.
     */
    private fun listen() {
        if (!WebViewFeature.isFeatureSupported(WebViewFeature.WEB_MESSAGE_LISTENER)) return
        WebViewCompat.addWebMessageListener(webView, "BaliseAndroid", setOf(origin)) {
                _, message, _, isMainFrame, reply ->
            val text = message.data
            if (!isMainFrame || text == null) return@addWebMessageListener
            owner.lifecycleScope.launch {
                // To the frame that asked, wherever the webview is by now.
                events.hear(text)?.let { answer -> reply.postMessage(answer) }
                events.forward()
            }
        }
    }

    /** Pages of this origin alone learn who the person is, before their own scripts run. */
    private fun tellNextPages() {
        if (!WebViewFeature.isFeatureSupported(WebViewFeature.DOCUMENT_START_SCRIPT)) return
        told?.remove()
        // Frames of the same origin run this, too: they are the team's own.
        val script = "window.baliseHandover = ${text(person.toJson())};"
        told = WebViewCompat.addDocumentStartJavaScript(webView, script, setOf(origin))
    }

    /** Call it at login, at logout and when the session changes. */
    fun become(next: Person) {
        if (next == person) return
        // Somebody else: the page forgets the last one before it hears of the next.
        val left = person.userId != null && person.userId != next.userId
        person = next
        tellNextPages()
        val message = JSONObject().put("balise", 1)
            .put("type", if (left) "reset" else "handover").put("known", next.toJson())
        // The page may have gone elsewhere: the person is nobody else's to know.
        val ours = "location.origin === ${JSONObject.quote(origin)}"
        webView.evaluateJavascript(
            "$ours && window.baliseReceive && baliseReceive(${text(message)})", null)
    }

    /** JSON within JSON is a text that JavaScript reads as it stands, whatever it holds. */
    private fun text(json: JSONObject): String = JSONObject.quote(json.toString())
}
