using Akka.Actor;
using Akka.Hosting;
using AdvFit.Actors;
using AdvFit.Actors.Health;
using AdvFit.GpuNode;
using AdvFit.Sweeps;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
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
    builder.Services.AddSingleton(services => new ProcessHealth(
        services.GetRequiredService<ActorSystem>, cluster.MajorityOfCoordinators, _ => Task.FromResult<string?>(null)));
    builder.Services.AddHostedService(services => services.GetRequiredService<ProcessHealth>());
    builder.WebHost.UseUrls($"http://{http.Address}:{http.Port}");

    var app = builder.Build();
    var health = app.Services.GetRequiredService<ProcessHealth>();
    app.MapHealth(() => health.History, () => ProcessHealth.Now);
    return app;
});
