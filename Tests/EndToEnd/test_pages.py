"""Every page in every state: free of faults that axe finds, light and dark, wide and narrow; with a picture of each."""
import pathlib

import axe_playwright_python
import pytest
from playwright.sync_api import expect

from .support.instance import results
from .support.scenes import SCENES, Stage
from .support.scenes.stage import scene

AXE = (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
RUN_AXE = """async () => {
    const { violations } = await axe.run({ resultTypes: ["violations"], rules: { "target-size": { enabled: true } } })
    return violations.flatMap(({ id, help, nodes }) => (
        nodes.map(({ target, failureSummary }) => [id, String(target), `${help}: ${failureSummary}`])
    ))
}"""
# What axe finds and is none: the list of completions scrolls with the arrow keys of the editor, which names it in
# aria-controls and its chosen row in aria-activedescendant.
FALSE_ALARMS = [("scrollable-region-focusable", "#cm-ac-")]
TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
HEIGHTS = {1440: 900, 1024: 768, 390: 844}


def faults_by_axe(page):
    found = page.evaluate(RUN_AXE)
    return [
        f"{rule} at {target}: {words}" for rule, target, words in found
        if not any(rule == known and target.startswith(place) for known, place in FALSE_ALARMS)
    ]


def looks(page):
    """Shows the page in each look: its theme and its width."""
    for theme in ("light", "dark"):
        for width, height in HEIGHTS.items():
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            page.set_viewport_size({"width": width, "height": height})
            page.evaluate(TWO_FRAMES)
            yield theme, width


@pytest.mark.parametrize("name", SCENES)
def test_a_page_can_be_read_and_used_by_everybody_in_every_look(site, browse, name):
    page = SCENES[name](Stage(site, browse))
    pictures = results() / "screenshots"
    pictures.mkdir(exist_ok=True)
    page.evaluate(AXE)
    faults = []
    for theme, width in looks(page):
        page.screenshot(path=pictures / f"{name}-{theme}-{width}.png", full_page=True)
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if overflow > 0:
            faults.append(f"{theme} {width}: {overflow} pixels wider than the window")
        if width != 1024:
            faults += [f"{theme} {width}: {fault}" for fault in faults_by_axe(page)]
    assert not faults, "\n".join(faults)


# How far what is shown has moved by itself since the page began, as browsers count it (0.1 is what people notice).
SHIFTS = """() => new Promise(done => {
    let sum = 0
    const add = entries => { for (const entry of entries) if (!entry.hadRecentInput) sum += entry.value }
    new PerformanceObserver(list => add(list.getEntries())).observe({ type: "layout-shift", buffered: true })
    setTimeout(() => done(sum), 300)
})"""


@pytest.mark.parametrize("name", ["landing", "projects", "workbench-idle", "plain-workbench", "run-finished"])
def test_nothing_jumps_while_a_page_loads(site, browse, name):
    page = SCENES[name](Stage(site, browse))
    page.reload()
    if name == "workbench-idle":
        expect(page.locator("#save-state")).to_have_text("Saved")
    assert page.evaluate(SHIFTS) < 0.01


def test_axe_notices_what_it_is_there_for(visitor, browse):
    page = browse(visitor).page("/sign-in")
    page.evaluate("document.querySelector('label').remove()")
    page.evaluate("document.querySelector('h1').className = 'button'")
    page.evaluate(AXE)
    assert any(fault.startswith("label at ") for fault in faults_by_axe(page))


def test_a_scene_can_not_take_the_name_of_another():
    def landing(stage):
        raise AssertionError(stage)

    with pytest.raises(ValueError, match="two scenes called landing"):
        scene(landing)
    assert SCENES["landing"] is not landing
