"""An app with a webview (WebKitGTK): does what the lines of JSON on its standard input say, and
tells on its standard output what happens. Ends when the input does."""

import json
import sys
import threading

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
gi.require_version("JavaScriptCore", "4.1")
from gi.repository import GLib, Gtk, JavaScriptCore, WebKit2  # noqa: E402

HANDLER = "balise"
TOP = WebKit2.UserContentInjectedFrames.TOP_FRAME
START = WebKit2.UserScriptInjectionTime.START


def tell(**event):
    print(json.dumps(event), flush=True)


class App:
    def __init__(self, folder, with_reply):
        self.asked = 0
        self.replies = {}
        self.content = WebKit2.UserContentManager()
        if with_reply:
            self.content.connect(
                f"script-message-with-reply-received::{HANDLER}", self.heard_and_asked
            )
            self.content.register_script_message_handler_with_reply(HANDLER, None)
        else:
            self.content.connect(f"script-message-received::{HANDLER}", self.heard)
            self.content.register_script_message_handler(HANDLER)
        data = WebKit2.WebsiteDataManager(
            base_data_directory=f"{folder}/data", base_cache_directory=f"{folder}/cache"
        )
        self.view = WebKit2.WebView(
            web_context=WebKit2.WebContext(website_data_manager=data),
            user_content_manager=self.content,
        )
        self.view.connect("load-changed", self.load_changed)
        self.view.connect("web-process-terminated", lambda *_: tell(event="killed"))
        window = Gtk.Window()
        window.set_default_size(400, 700)
        window.add(self.view)
        window.show_all()

    def heard(self, _content, result):
        tell(event="message", text=result.get_js_value().to_string())

    def heard_and_asked(self, _content, value, reply):
        self.asked += 1
        number = self.asked
        self.replies[number] = (reply, value.get_context())
        tell(event="message", text=value.to_string(), reply=number)
        return True

    def load_changed(self, view, state):
        if state == WebKit2.LoadEvent.FINISHED:
            tell(event="loaded", url=view.get_uri())

    def do(self, order):
        getattr(self, f"do_{order.pop('do')}")(**order)

    def do_open(self, url):
        self.view.load_uri(url)

    def do_inject(self, script):
        self.content.add_script(WebKit2.UserScript(script, TOP, START, None, None))

    def do_kill(self):
        self.view.terminate_web_process()

    def do_reply(self, number, text):
        reply, context = self.replies.pop(number)
        reply.return_value(JavaScriptCore.Value.new_string(context, text))

    def do_evaluate(self, number, script):
        def done(view, result):
            try:
                value = view.evaluate_javascript_finish(result).to_json(0)
                tell(event="evaluated", number=number, value=value)
            except GLib.Error as error:
                tell(event="evaluated", number=number, error=error.message)

        self.view.evaluate_javascript(script, -1, None, None, None, done)


def read(app):
    for line in sys.stdin:
        GLib.idle_add(app.do, json.loads(line))
    GLib.idle_add(Gtk.main_quit)


app = App(sys.argv[1], "--with-reply" in sys.argv)
threading.Thread(target=read, args=(app,), daemon=True).start()
tell(event="started", engine=f"WebKitGTK {WebKit2.get_major_version()}.{WebKit2.get_minor_version()}")
Gtk.main()
