using System.Net;
using AdvFit.Actors.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace AdvFit.Coordinator.Tests;

public class Health_of_a_process
{
    private const string Outside = "It is outside.", Away = "The database is away.";

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly HealthHistory _new = new(Second);

    [Fact]
    public void It_has_started_once_it_was_in_a_cluster_whatever_happens_then()
    {
        _new.WhyNotStarted.ShouldNotBeNull();
        _new.Observe(Second, Outside, null).WhyNotStarted.ShouldBe(Outside);
        _new.Observe(Second, null, Away).Observe(Second * 2, Outside, null).WhyNotStarted.ShouldBeNull();
    }

    [Fact]
    public void It_is_to_be_started_anew_when_it_is_in_no_cluster_for_minutes_and_not_for_what_else_it_lacks()
    {
        var late = Second + HealthHistory.LongestOutside + Second;
        _new.WhyNotLive(late - Second).ShouldBeNull();
        _new.Observe(late, Outside, null).WhyNotLive(late).ShouldNotBeNull();
        var inside = _new.Observe(late, null, Away);
        inside.WhyNotLive(late).ShouldBeNull();
        inside.Observe(late * 2, Outside, null).WhyNotLive(late * 2).ShouldNotBeNull();
        inside.WhyNotLive(late * 3).ShouldNotBeNull("It has stopped looking after itself.");
    }

    [Fact]
    public void It_is_ready_while_it_is_in_a_cluster_has_what_it_needs_and_saw_so_lately()
    {
        _new.WhyNotReady(Second).ShouldNotBeNull();
        _new.Observe(Second, Outside, null).WhyNotReady(Second).ShouldBe(Outside);
        _new.Observe(Second, null, Away).WhyNotReady(Second).ShouldBe(Away);
        var ready = _new.Observe(Second, null, null);
        ready.WhyNotReady(Second).ShouldBeNull();
        ready.WhyNotReady(Second + HealthHistory.Recent + Second).ShouldNotBeNull();
    }

    [Fact]
    public async Task Each_probe_is_answered_with_its_own_reason_and_without_a_token()
    {
        var history = _new.Observe(Second, null, Away);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.MapHealth(() => history, () => Second);
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        (await http.GetStringAsync("/healthz/started")).ShouldBe("""{"status":"started"}""");
        (await http.GetStringAsync("/healthz/live")).ShouldBe("""{"status":"live"}""");
        using var ready = await http.GetAsync("/healthz/ready");
        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await ready.Content.ReadAsStringAsync()).ShouldBe($$"""{"error":"{{Away}}"}""");
    }
}
