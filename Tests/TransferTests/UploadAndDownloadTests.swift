import ArchiveTesting
import SiteTesting
import Testing
import Web

@Suite("Uploads and downloads")
struct UploadAndDownloadTests {
    @Test("Many files come at once, folders in their names, and go out as a zip that comes in again the same")
    func roundTrip() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject("Owls / Eulen")
            let report = try ada.report(
                [
                    Sent("a.txt", "one\r\ntwo\n"), Sent("src/名前.py", "x = 1\n"), Sent("src/b c.bin", [0, 255, 1]),
                    Sent("../../etc/passwd", "x"), Sent("/abs", "x"), Sent("C:\\fake\\x", "x"),
                ],
                to: "/projects/\(project)/uploads"
            )
            #expect(report.added == 3 && report.leftOutCount == 3)
            let zip = ada.get("/projects/\(project)/files.zip")
            #expect(zip.header("Content-Type") == "application/zip")
            #expect(zip.header("Content-Disposition") == "attachment; filename*=UTF-8''Owls%20%2F%20Eulen.zip")
            let other = try ada.makeProject("Again")
            let again = try ada.report([.archive(zip.bytes)], to: "/projects/\(other)/imports")
            #expect(again.added == 3 && again.unchanged == 1)
            #expect(try ada.files(of: other).map(\.path) == ada.files(of: project).map(\.path))
            #expect(try ada.text(of: "a.txt", in: other) == "one\ntwo\n")
            let folder = ada.get("/projects/\(project)/files.zip?folder=src")
            let third = try ada.makeProject("Folder")
            _ = try ada.report([.archive(folder.bytes)], to: "/projects/\(third)/imports")
            #expect(try ada.files(of: third).map(\.path) == ["main.py", "src/b c.bin", "src/名前.py"])
        }
    }

    @Test("A page without scripts uploads, tells what came in, and says what is wrong at its field")
    func page() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            #expect(ada.get("/projects/\(project)/transfer").text.contains("At most 990 files and 64"))
            let page = try ada.send([Sent("a.txt", "x"), Sent("main.py", "y")], to: "/projects/\(project)/uploads")
            #expect(page.status == 200)
            #expect(page.text.contains("1 new file, 1 left out."))
            let nothing = try ada.send([Sent("", "")], to: "/projects/\(project)/uploads")
            #expect(nothing.status == 422 && nothing.text.contains("id=\"error-files\""))
        }
    }

    @Test("One file is downloaded and never shown, whatever it claims to be; only by whom it belongs to")
    func oneFile() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            let html = "<script>alert(1)</script>"
            _ = try ada.report(
                [Sent("page.html", html), Sent("x.svg", [0] + Array(html.utf8))],
                to: "/projects/\(project)/uploads"
            )
            let mallory = try site.member(.mallory)
            for file in try ada.files(of: project) {
                let answer = ada.get("/files/\(file.id)/download")
                #expect(answer.status == 200)
                #expect(answer.header("Content-Type") == "application/octet-stream")
                #expect(answer.header("Content-Disposition")?.hasPrefix("attachment;") == true)
                #expect(answer.header("Content-Security-Policy") == "default-src 'none'; sandbox")
                #expect(mallory.get("/files/\(file.id)/download").status == 404)
            }
            #expect(mallory.get("/projects/\(project)/files.zip").status == 404)
            #expect(
                ada.get("/projects/\(project)/files.zip?folder=nowhere").text.contains("There is no folder nowhere")
            )
            for folder in ["nowhere", "..", "/", "main.py"] {
                #expect(ada.get("/projects/\(project)/files.zip?folder=\(Percent.encode(folder))").status == 404)
            }
        }
    }

    @Test("Deleted files are not in a download, and an empty project gives an empty archive")
    func deleted() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            let main = try #require(try ada.files(of: project).first)
            _ = try ada.submit("/files/\(main.id)/deletion", [:])
            let zip = ada.get("/projects/\(project)/files.zip")
            #expect(zip.status == 200 && zip.bytes.starts(with: [0x50, 0x4B, 5, 6]))
        }
    }
}
