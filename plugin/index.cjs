require('pulumi-psc/plugin')
