using Akka.Cluster;
using Akka.Hosting;
using AdvFit.Actors;
using AdvFit.GpuNode;
using AdvFit.Sweeps;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

return await Startup.Run(args, builder =>
{
    var cluster = Startup.Settings<MembershipSettings>(builder.Configuration, "AdvFit:Cluster");
    var node = Startup.Settings<NodeSettings>(builder.Configuration, "AdvFit:Node");
    var http = Startup.Settings<HttpSettings>(builder.Configuration, "AdvFit:Http");
    var artifacts = Startup.Folder(builder.Configuration, "AdvFit:Artifacts");
    var patience = TimeSpan.FromSeconds(node.ShutdownSeconds);
    var executors = new ExecutorCache(
        artifacts, builder.Configuration["AdvFit:Data"], node.ThreadCount, $"{Environment.MachineName}-{Environment.ProcessId}");

    builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = patience + TimeSpan.FromSeconds(30));
    builder.Services.AddAkka(cluster.Name, akka => akka.WithNode(cluster, node.SlotCount, patience, executors.For));
    builder.WebHost.UseUrls($"http://{http.Address}:{http.Port}");

    var app = builder.Build();
    app.MapGet("/healthz/live", () => Results.Ok());
    app.MapGet("/healthz/ready", (Akka.Actor.ActorSystem system) =>
        Cluster.Get(system).SelfMember.Status == MemberStatus.Up
            ? Results.Ok()
            : Results.Text("The node is not a member of the cluster yet.\n", statusCode: StatusCodes.Status503ServiceUnavailable));
    return app;
});
