package org.example.app

import android.content.Context
import android.util.AtomicFile
import java.io.File
import java.net.HttpURLConnection
import java.net.URL
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import org.json.JSONArray
import org.json.JSONObject

/**
 * The app's side of the bridge: keeps a page's events on the device before it acknowledges them,
 * and sends them to the collector. They keep their ids: one that arrives twice is counted once.
 */
class WebviewEvents(context: Context, private val host: String, private val writeKey: String) {
    private val folder = File(context.filesDir, "balise-webview-events").apply { mkdirs() }
    private val keeping = Mutex()
    private val forwarding = Mutex()

    @Volatile private var userAgent = ""

    /** What the app says to the page for what the page said, as JSON text; null says nothing. */
    suspend fun hear(text: String): String? = withContext(Dispatchers.IO) {
        val message = runCatching { JSONObject(text) }.getOrNull() ?: return@withContext null
        if (message.opt("balise") != 1) return@withContext null
        when (message.optString("type")) {
            "hello" -> {
                val agent = message.optString("userAgent")
                if (AGENT.matches(agent)) userAgent = agent
                val can = JSONArray(listOf("batch"))
                JSONObject().put("balise", 1).put("type", "ready").put("can", can).toString()
            }
            "batch" -> answer(message)
            else -> null
        }
    }

    private suspend fun answer(message: JSONObject): String? {
        val id = message.optString("id")
        val count = message.optInt("count", -1)
        val events = message.opt("events") as? String ?: return null
        val list = runCatching { JSONArray(events) }.getOrNull()
        if (list == null || list.length() != count) return null
        if (count > MAX_BATCH || !ID.matches(id)) return null
        val kept = message.optString("writeKey") == writeKey && keep(id, events)
        // Fewer than all is a refusal: the page sends the batch by itself.
        return JSONObject().put("balise", 1).put("type", "ack").put("id", id)
            .put("accepted", if (kept) count else 0).put("rejected", JSONArray()).toString()
    }

    /** On disk when this gives true: only then may the batch be acknowledged. */
    private suspend fun keep(id: String, events: String): Boolean = keeping.withLock {
        val kept = JSONObject().put("events", events).put("userAgent", userAgent)
        val bytes = kept.toString().toByteArray()
        if (files().sumOf { it.length() } + bytes.size > MAX_BYTES) return@withLock false
        val file = AtomicFile(File(folder, id))
        runCatching {
            val stream = file.startWrite()
            try {
                stream.write(bytes)
                // Syncs, and puts the file in its place.
                file.finishWrite(stream)
            } catch (error: Throwable) {
                file.failWrite(stream)
                throw error
            }
        }.isSuccess
    }

    /**
     * Sends what is kept, until one batch has to wait. Call it at the start, in `onStart`, when the
     * network is back, and now and then.
     */
    suspend fun forward() {
        if (!forwarding.tryLock()) return
        try {
            withContext(Dispatchers.IO) {
                for (file in files()) {
                    val kept = runCatching { JSONObject(file.readText()) }.getOrNull()
                    if (kept == null || send(kept)) file.delete() else break
                }
            }
        } finally {
            forwarding.unlock()
        }
    }

    private fun send(kept: JSONObject): Boolean {
        // The time of this request, not of the page's: the collector corrects clocks by it.
        val sentAt = System.currentTimeMillis()
        val key = JSONObject.quote(writeKey)
        val body = """{"writeKey":$key,"sentAt":$sentAt,"events":${kept.getString("events")}}"""
        return runCatching {
            val connection = URL("$host/v1/batch").openConnection() as HttpURLConnection
            try {
                connection.requestMethod = "POST"
                connection.connectTimeout = TIMEOUT_MS
                connection.readTimeout = TIMEOUT_MS
                connection.doOutput = true
                connection.setRequestProperty("Content-Type", "application/json")
                // Of the webview: the collector is to know the device, not the app's HTTP library.
                connection.setRequestProperty("User-Agent", kept.getString("userAgent"))
                connection.outputStream.use { it.write(body.toByteArray()) }
                // A body that is wrong stays wrong; anything else is worth another try.
                connection.responseCode == 202 || connection.responseCode == 400
            } finally {
                connection.disconnect()
            }
        }.getOrDefault(false)
    }

    /** What `AtomicFile` has not finished has a name that no batch has. */
    private fun files(): List<File> =
        folder.listFiles { file -> ID.matches(file.name) }?.sortedBy { it.lastModified() }.orEmpty()

    private companion object {
        val ID = Regex("[A-Za-z0-9_-]{8,64}")
        val AGENT = Regex("[ -~]{1,512}")
        const val MAX_BATCH = 500
        /** Past this the page is told to send by itself. */
        const val MAX_BYTES = 2_000_000L
        const val TIMEOUT_MS = 30_000
    }
}
