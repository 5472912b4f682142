import { PreferencesForm } from "./form.js"

new PreferencesForm(document.getElementById("preferences")).start()
