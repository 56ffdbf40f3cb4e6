module psc-from-go

go 1.25.11

require (
	github.com/pulumi-psc/pulumi-psc/sdk/go v0.0.0
	github.com/pulumi/pulumi/sdk/v3 v3.259.0
)

// What `pulumi package gen-sdk` writes.
replace github.com/pulumi-psc/pulumi-psc/sdk/go => ./sdk/go
