using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Xunit;

namespace AdvFit.Reporting.Tests;

public class Report_pages
{
    private const string App = """
        <!doctype html><title>AdvFit</title><script type="application/json" id="report">null</script><script>app</script>
        """;

    [Property]
    public void No_text_can_leave_its_place(NonNull<string> anything) => Check(anything.Get);

    [Theory]
    [InlineData("</script><img src=x onerror=alert(1)>")]
    [InlineData("<!--<script>")]
    [InlineData("]]>&amp;\u2028'\"")]
    public void Hostile_text_stays_text(string text) => Check(text);

    [Fact]
    public void A_page_of_another_version_is_refused() =>
        Should.Throw<InvalidDataException>(() => ReportPage.Fill("<html></html>", Some.Report("warning")))
            .Message.ShouldContain("npm run build");

    private static void Check(string text)
    {
        // Lone surrogates have no UTF-8; journals hold none.
        var sound = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        var page = Encoding.UTF8.GetString(ReportPage.Fill(App, Some.Report(sound)));
        var start = page.IndexOf("id=\"report\">", StringComparison.Ordinal) + "id=\"report\">".Length;
        var json = page[start..page.IndexOf("</script>", start, StringComparison.Ordinal)];
        json.ShouldNotContain("<");
        using var read = JsonDocument.Parse(json);
        read.RootElement.GetProperty("sweeps")[0].GetProperty("warnings")[0].GetString().ShouldBe(sound);
        page.ShouldEndWith("</script><script>app</script>");
        page[..start].ShouldNotContain("<img");
    }
}
